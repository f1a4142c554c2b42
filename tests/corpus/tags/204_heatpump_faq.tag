subject: A heat pump | lang: en | units: 30
2 d
3 w
6 b*
7 x
10 w
11 b
13-15 b*
16 w
17 b*
18 b
19 o!
21 b*!
22 x
25 l
26 b*
27 l
29 c
