b 3
c
n
c
n
y
s
threads
n
y
y
n
n
n
c
c
