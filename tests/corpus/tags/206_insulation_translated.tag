subject: Blown cellulose insulation | lang: en | units: 30
2 h
5 d
6-7 w
10-12 b*
13 b
14 b*
15 b*!
16 w
17-18 b*
22-24 w
25 b
26 l
27 x
28 l
29 c
