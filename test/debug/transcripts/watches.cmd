s
n
n
watch x
c
c
c
