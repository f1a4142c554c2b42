subject: Cooking classes at Table Nine | lang: en | units: 33
1 h
6-7 w
8 t
9 l
11 t
12-17 b*
18 b
22 b*
25 o!
26 b!
27-28 x
30 l
31 a
32 c
