"""Names made up by rule, in the manner of six languages: from which one could it be?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.points import Drawn
from engine.data.texts import padded
from engine.layers.data import Data
from engine.spec.texts import tokens_of


@dataclass(frozen=True, slots=True)
class Manner:
    """How the names of a language are put together: a beginning, up to so many middles, an end."""

    beginnings: str
    middles: str
    most: int
    ends: str

    def name(self, rng: np.random.Generator) -> str:
        """One name."""
        middles = rng.choice(self.middles.split(), rng.integers(0, self.most + 1))
        beginning, end = (rng.choice(each.split()) for each in (self.beginnings, self.ends))
        return "".join((beginning, *middles, end))


MANNERS = {
    "english": Manner(
        "ash black brad brook church clif dun ever fair gold grant green har hart hen high hol "
        "king lang lin mar mill north over pen red rich sel shel stan thorn wal wood whit",
        "er ing en",
        1,
        "ley ton ford well worth field son wick by ham brook man more wood house",
    ),
    "german": Manner(
        "acker baum berg brei eich fisch gross hoff kauf kirch klein kraus lang lind löwen müh "
        "neu ober rosen schäf schnei schul schwarz stein strau vogel wein weis wag zimm",
        "en er el",
        1,
        "mann berg bach hauer meier stein dorf müller feld hardt ler inger hof baum lein ner",
    ),
    "italian": Manner(
        "al bar bel ben bian bo bru car cat col con cor fab fer fio gal gre lom man mar mor ner "
        "pal pel ric ros sal san ser tor val vit",
        "i o in ol an et ar ap",
        1,
        "ini etti elli ucci ano one ardi oni esi ari aldi ato acci otti ella",
    ),
    "japanese": Manner(
        "a fu ha hi i ka ki ko ku ma mi mo na ni no o sa shi su ta to u wa ya yo",
        "ka ki ku ma mi mo na ra ri sa shi su ta to ya",
        1,
        "moto yama kawa da ta no mura shima saki hara zawa be gami guchi oka tani",
    ),
    "chinese": Manner(
        "zhang wang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin guo luo song zheng "
        "xie tang deng feng cao peng xiao cheng jiang",
        "xiao jian guo zhi yong hai ming shu wen xue",
        1,
        "ming wei jing hua yun qing hong liang guang feng mei ying xin yu tao lei hao rong ping",
    ),
    "finnish": Manner(
        "virta korho mäki laiti koski heini järvi lahti salmi suoma kallio hauta ranta pelto "
        "jokela kivi lehti metsä niitty saari harju ahti toivo",
        "ma ra",
        1,
        "nen inen la lä ainen nen kka niemi lampi aho nen lainen vaara",
    ),
}


def names(box: Data, rng: np.random.Generator) -> Drawn:
    """Made-up names as numbers of their letters, filled up with 0; the class is the language."""
    label = (np.arange(box.samples) % len(MANNERS)).astype(np.int64)
    manners = list(MANNERS.values())
    drawn = [manners[number].name(rng) for number in label]
    return padded(drawn, tokens_of("names"), box.length), label
