b 4
b 15
c
upvalues
n
n
f
c
p at
c
c
p total
p key, value
n
p total
c
