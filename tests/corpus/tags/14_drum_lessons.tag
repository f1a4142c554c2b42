subject: Drum lessons | lang: en | units: 37
5 b
6 b*
7 b
8 b*
10 w
11 b*! study, percentage
14 b*
16 b*
18 b*
19 b! cure
20 x
22 w
23 b
24-25 t
27 h
29 l
30 a
31-32 l
33 a
35-36 c
