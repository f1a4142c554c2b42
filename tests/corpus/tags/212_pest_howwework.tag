subject: Our rodent proofing | lang: en | units: 31
5-6 w
7 l
9 w
10 b*!
11 x
12 w
14 w
15-18 b*
20 w
21 b
22 l!
24 o!
29 b*
30 c
