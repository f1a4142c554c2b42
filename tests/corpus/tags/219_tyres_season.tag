subject: All-season tyres | lang: en | units: 29
4 b!
5-8 l
9 c
12-14 b*
15 w
17 b
18 b*!
19 b*
20 x
22 h
24 w
25 b*
27 b*
28 c
