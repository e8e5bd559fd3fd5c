b 4 if i == 2
b 5 after 3
b 8 log sum is {sum} of {n}, {nothing.here}
b other
b string.rep
b 13 once
b 4 if nowhere.there
c
p i
c
c
c
c
c
stack
c
until 16
c
