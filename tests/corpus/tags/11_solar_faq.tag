subject: A solar roof | lang: en | units: 41
1 l
4-5 l
7 b*! saving
8 b
9 b*! protection against prices
10 h
12 b*! earnings
13 b*
16 w
17 b*
19-20 w
21 b*
22 o! personal attribute
26 o! absolute green claim
27 b*! green figure
29-30 l
33 b*
35 x
38 c
39-40 x
