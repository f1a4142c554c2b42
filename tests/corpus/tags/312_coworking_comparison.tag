subject: A desk at Dockside Coworking | lang: en | units: 32
13-18 b*
19 l
21 b!
22 w
23-24 b*
25 t
26 b
29 x
30 l
31 c
