subject: Sauna | lang: en | units: 35
4 l
5 w
6-7 l
8 x
10-13 l
14 x
15 w
18-19 w
20 l
21 d
23-24 w
26 x
28 o!
30 x
32-33 l
34 c
