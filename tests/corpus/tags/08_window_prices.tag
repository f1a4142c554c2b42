subject: Window cleaning | lang: en | units: 29
1 l
3-9 l
10-11 l
12 b*
13 l
15 l
17 w
18 b*
19-20 l
22-28 l
