subject: Leadership coaching | lang: en | units: 33
1 h
10 d
11 x
12-13 w
15-20 b*
21-22 b!
24-25 t
27-28 l
29 a
30 l
31 o! do you suffer
32 c
