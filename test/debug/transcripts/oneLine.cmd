s
n
n
s
f
n
s
p b
n
c
