"""Language models that draft answers, held to the same proof as the built-in engine.

A model is given numbered evidence in which every figure is a slot.  It places slots and never
types a figure; it names evidence by number and never types a reference: what is printed for
both comes from the graph.  Its draft is read sentence by sentence (`reading`), each judged like
a sentence of ours (`judging`), repaired once or left out (`drafting`), and whatever the built-in
answer tells and the model does not is added.  `loading` finds the model, `calling` bounds how
long it is waited for, `prompt` is all that is ever sent to it, `answering` runs these in turn.
"""
