b 9
b 16
c
n
locals
varargs
upvalues
p ...
up
locals
p a
p a = 5; list[1] = a
p a, list[1]
p nothing.field
p not lua at all
complete li
complete list.na
complete string.re
c
p a, meta, meta.x
p global
p empty, text
p list
c
