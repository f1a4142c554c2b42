subject: Eine Wärmepumpe | lang: de | units: 29
4 d
5 h
7 b*! percentage saved
8-10 b*
11 b*! guarantee
12 b*
14-15 w
16 l
17-18 w
20-22 x
24 l! percentage paid by the state
25 l
26 b
27 t! saving
28 c
