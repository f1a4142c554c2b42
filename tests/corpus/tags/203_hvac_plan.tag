subject: The Comfort Club plan | lang: en | units: 32
1-2 l
4-7 l
9-10 l
11 b*
12 l
14-15 l
16 b*
18-19 w
20 b*!
21 b*
23-24 b*
26 b
27-28 l
29 x
30 b
31 c
