subject: A ceramic coating | lang: en | units: 35
4 d
7 l
10 d
11-12 w
14-18 b*
19 b
20-21 b*
22 b!
24-26 x
27 o!
30 b*
32 l
33 x
34 c
