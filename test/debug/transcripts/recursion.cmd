s
n
s
s
s
s
stack
up
p n, below
f
locals
n
c
