"""The approval sheet (信息发布审批单): what it says, as a table for Word, and its annex."""
