errors always
c
stack
p value
c
p missing
c
stack
p value
threads
c
p ok, handled
c
