-- Behind its signs each sketch names its place, so that going through them counts nothing besides (15,000
-- passages: a seventh of the time). The 16 bits of the ordinal and their opposites make 16 ones in every sketch:
-- whatever is asked differs from all of them by the same 16 more.
delete from passage_sketch;
insert into passage_sketch (source_id, first, pair_id, author_id, embedder, sketches)
select source_id, min(ordinal), pair_id, author_id, embedder,
  array_agg(binary_quantize(embedding) || ordinal::bit(16) || ~(ordinal::bit(16)) order by ordinal)
from passage where embedder is not null
group by source_id, pair_id, author_id, embedder, ordinal / 50;
