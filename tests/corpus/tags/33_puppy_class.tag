subject: Puppy class | lang: en | units: 43
3 l
5-8 b*
9 b
10 w
13-14 w
16 w
17-18 b*
20 l! guarantee
21 o! superlative
22 o! rivals
23 b*! cure
25-28 l
29-32 x
33 h
35-37 l
38-39 c
