subject: Our plumbing service | lang: en | units: 27
6 b
11 w
12 b*
13 w
14-15 b*
16 l
17 b*
19 b*
20 h
22 t
24 x
25 b*
26 c
