subject: Monthly bookkeeping | lang: en | units: 33
9 b
10 w
11-12 b*
13 b
18 o! rivals
19 b*! saving, absolute
20-21 b*
24-25 l
26-27 t
28 l
31-32 l
