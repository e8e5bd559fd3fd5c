b 2
c
stack
f
c
stack
n
n
n
c
