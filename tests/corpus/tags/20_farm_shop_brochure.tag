subject: A veg box | lang: en | units: 35
2-5 b*
7 c
8 o! superlative
9 b! named conditions
10 x
12-14 l
16-17 h
21 o! rivals
22 b*! saving
24-30 l
32 c
33 c! absolute
34 l
