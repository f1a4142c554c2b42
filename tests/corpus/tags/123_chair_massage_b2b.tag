subject: Office chair massage | lang: en | units: 35
7-9 w
10 l
12-15 b*
16 b*!
18-19 b*
20 b*!
21 b*
22 b
23 b*
25-26 l
28 l
29 x
31 h
33 t
34 c
