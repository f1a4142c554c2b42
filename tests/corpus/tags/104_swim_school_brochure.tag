subject: Swimming lessons | lang: en | units: 34
5 b*!
6-10 b*
11 l
12 w
14-15 b*
16 b!
18 o!
23 l
24 w
25 b*
26 l
28-29 l
30-31 x
33 c
