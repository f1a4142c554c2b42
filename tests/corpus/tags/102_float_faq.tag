subject: Floating | lang: en | units: 35
2 d
3 w
5-7 b*
10 b*
11 l
12 b*
14 b*
15 x
16 b*!
18 o!
20 w
22 b*
23 w
25-27 x
29-31 l
33 b*
34 c
