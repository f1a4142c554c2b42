subject: Chairslot | lang: en | units: 33
1 d
2 w
7-8 b*
9 b*!
10-12 b*
15 w
16 l
17 x
19-21 w
24-25 b*
29 h
31-32 c
