"""Names of medicines that spelling must leave alone: a drug turned into a common word is a danger missed."""

from __future__ import annotations

DRUG_NAMES = frozenset(
    """tamron tramadol ultram lyrica celebrex norco xarelto eliquis pradaxa savaysa lixiana plavix brilinta brilique
    effient
    coumadin warfarin jantoven marevan lovenox clexane heparin fragmin arixtra aspirin bayer ecotrin bufferin ibuprofen
    naproxen aleve advil motrin nurofen mobic meloxicam voltaren diclofenac toradol indocin relafen lodine tylenol
    paracetamol acetaminophen gabapentin neurontin pregabalin cymbalta duloxetine effexor venlafaxine zoloft sertraline
    lexapro prozac celexa paxil wellbutrin trazodone amitriptyline elavil nortriptyline flexeril cyclobenzaprine robaxin
    baclofen tizanidine zanaflex skelaxin soma valium xanax ativan klonopin ambien percocet oxycodone hydrocodone
    vicodin oxycontin morphine fentanyl methadone suboxone naltrexone prednisone prednisolone medrol humira enbrel
    remicade methotrexate plaquenil stelara cosentyx metformin glucophage insulin lantus humalog novolog ozempic wegovy
    mounjaro jardiance lisinopril losartan amlodipine metoprolol atenolol lipitor crestor zocor simvastatin synthroid
    levothyroxine omeprazole nexium keppra dilantin tegretol lamictal topamax depakote lithium seroquel abilify
    tamoxifen
    letrozole arimidex femara xeloda clopidogrel apixaban rivaroxaban dabigatran edoxaban ticagrelor prasugrel pletal
    aggrenox fosamax prolia evista""".split()
)
