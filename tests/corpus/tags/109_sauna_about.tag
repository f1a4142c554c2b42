subject: Sauna sessions | lang: en | units: 35
1-2 h
5 d
6-8 w
11-14 b*
16 b
19 w
20 b
21 w
22 b*
23-25 l
27 o!
29 o!
30-31 x
33 l
34 c
