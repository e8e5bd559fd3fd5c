b 4
c
s
s
s
locals
stack
f
n
s
s
stack
f
c
