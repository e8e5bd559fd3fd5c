s
n
n
s
f
b 4
n
s
n
p b
n
c
