subject: The Summit standing-seam metal roof | lang: en | units: 23
1 o!
4 b*!
5 b*
6 w
7-8 b*
10 b
11 b*
13 b
14 b*!
16 b
19 l
20 x
21 h
22 c
