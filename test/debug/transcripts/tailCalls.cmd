b 2
c
stack
f
c
stack
n
n
c
