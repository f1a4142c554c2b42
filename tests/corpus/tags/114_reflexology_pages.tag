subject: Reflexology | lang: en | units: 35
2 d
3-4 h
5 x
8-11 w
12 l
14-18 b*
19 b
20 b!
21 w
23-24 a
25 b*
26 b
28-29 x
30 x!
32-33 l
34 c
