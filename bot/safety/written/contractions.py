"""Contractions and chat spellings, opened into the words they stand for."""

from __future__ import annotations

OPENED = {
    "'d": "would", "'ll": "will", "'m": "be", "'re": "be", "'ve": "have", "2day": "today", "4ever": "forever",
    "abt": "about", "ai": "be", "ain": "be", "aint": "be not", "arent": "be not", "b4": "before", "bc": "because",
    "bcs": "because", "becuase": "because", "btwn": "between", "ca": "can", "cabt": "can not",
    "can't": "can not", "cann": "can", "cann't": "can not", "canno": "can not", "cannot": "can not",
    "cannt": "can not", "canot": "can not", "cant": "can not", "cany": "can not", "carnt": "can not",
    "cat't": "can not", "cnat": "can not", "cnt": "can not", "couldent": "could not", "couldn": "could",
    "couldnt": "could not", "coz": "because", "cudnt": "could not", "culdnt": "could not", "cuz": "because",
    "cuzz": "because", "da": "the", "dat": "that", "diddnt": "did not", "didint": "did not", "didn": "did",
    "didnt": "did not", "dis": "this", "dnt": "do not", "doesent": "do not", "doesn": "do", "doesnt": "do not",
    "don": "do", "don't": "do not", "donot": "do not", "dont": "do not", "dosent": "do not", "dosnt": "do not",
    "gon": "go", "gonna": "go", "gotta": "get", "hadnt": "have not", "hasn": "have", "hasnt": "have not",
    "haven": "have", "havent": "have not", "havnt": "have not", "hes": "he be", "hvnt": "have not", "id": "i would",
    "im": "i be", "isent": "be not", "isnt": "be not", "its": "it be", "ive": "i have", "kant": "can not",
    "ll": "will", "m": "be", "n": "and", "n't": "not", "nite": "night", "nites": "night", "nt": "not",
    "pee'd": "peed", "pls": "please", "plz": "please", "re": "be", "sha": "shall", "shes": "she be", "thats": "that be",
    "theres": "there be", "theyre": "they be", "tho": "though", "thru": "through", "tonite": "tonight", "u": "you",
    "ur": "your", "ve": "have", "w": "with", "wan": "want", "wanna": "want", "wasent": "be not", "wasnt": "be not",
    "wee'd": "peed",
    "werent": "be not", "whats": "what be", "wo": "will", "won't": "will not", "wont": "will not",
    "wouldent": "would not", "wouldnt": "would not", "wud": "would", "wudnt": "would not", "ya": "you",
    "yest": "yesterday", "youre": "you be",
}  # fmt: skip

# Before these "'s" is a verb and no owner's: "my temp's fine", written "my temps fine" too.
PREDICATES = frozenset({"fine", "normal", "ok", "okay", "alright", "gone", "clear", "unchanged"})
OPENED_BEFORE_PREDICATES = {"'s": "be", "temps": "temp be", "temperatures": "temperature be"}
