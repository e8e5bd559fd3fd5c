b 12
b 6
b 9
b 3
c
locals
c
locals
f
c
f
c
p t, key, value
f
n
p sum, field, x.count, x.other
c
