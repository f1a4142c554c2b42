subject: One-to-one maths tutoring | lang: en | units: 29
1-2 t
5-7 t
9 l
10 w
11-14 b*
15 b!
21 l
22 a
24-26 b*
27 x
28 c
