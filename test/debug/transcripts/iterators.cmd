b 4
c
upvalues
n
f
c
f
b 14
c
c
p total
p key, value
c
c
