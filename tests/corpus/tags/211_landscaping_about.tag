subject: Fernhollow's low-water gardens | lang: en | units: 31
1-2 h
9-10 w
11-13 b*
14 w
15-16 b*
17 b
20-21 w
22-23 l
28 b*
29 x
30 c
