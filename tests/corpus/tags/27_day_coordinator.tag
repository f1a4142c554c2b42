subject: On-the-day coordination | lang: en | units: 33
0-2 t
3 d
4 w
6 b*
8 b*
11 b*
12 b*! saving
13 b*
18 o! rivals
20-22 l
24-25 w
26 l
27 x
28 b*! guarantee
29-31 l
32 c
