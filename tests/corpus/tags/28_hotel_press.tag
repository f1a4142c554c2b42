subject: The Signal House | lang: en | units: 27
3 h
4 w
5 b*
6 w
7 b*
8-9 t
10 b*! trial, percentage
11 o! superlative
12 w
13 b*
14-16 h
17 a! a named condition
18 x
19-20 a
21-22 l
25-26 l
