b 12
c
s
locals
f
s
f
s
n
n
p sum, field, x.count, x.other
c
