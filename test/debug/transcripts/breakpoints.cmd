b 4 if i == 2
b 5 after 3
b 8 log sum is {sum} of {n}, {nothing.here}
b other
b string.rep
b 13 once
b 17 if nowhere.there
c
c
p i
c
c
c
stack
c
stack
c
c
c
